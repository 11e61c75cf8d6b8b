"""What patients write in their own words: words, cues, and what they raise."""
