"""Rule sets on the site: drafts, differences, trying, publishing."""
