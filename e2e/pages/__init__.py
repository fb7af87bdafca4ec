"""Page objects in the user's voice. A page is known by its data-page and its addresses, never by its words:
one journey, every language."""
