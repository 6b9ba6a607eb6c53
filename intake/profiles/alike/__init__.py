"""Look-alikes of listed profiles: which texts are, known neighbours, fakes to be expected."""
