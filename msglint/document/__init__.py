"""Article bytes become a Document."""
