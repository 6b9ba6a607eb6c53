"""A report as its sender knows it: form, files, receipt, follow page."""
