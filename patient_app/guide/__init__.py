"""The guide: from the letter to the waiting room, one thing a page."""
