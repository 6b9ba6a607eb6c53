"""The forms of reports and cases."""
