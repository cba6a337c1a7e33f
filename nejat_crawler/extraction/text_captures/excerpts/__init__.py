"""Pages that list excerpts: archives of the themes and of Penci's AMP plugin, and the timelines of messages."""
