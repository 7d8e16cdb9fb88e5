"""The loop: what sales learnt of leads, deals and sheets, and the figures both departments trust."""
