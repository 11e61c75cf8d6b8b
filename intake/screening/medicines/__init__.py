"""The list of medicines: names, entries as people type them, and what they raise."""
