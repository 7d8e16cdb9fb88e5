"""Views derived from text: tokens, figures, register, phrases."""
