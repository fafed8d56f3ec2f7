"""What each component is worth, measured by leaving it out."""
