"""What a document tells to do, by when, and which numbers it sets."""
