"""Schema changes, one file each; ``bring_up_to_date`` applies what is missing."""
