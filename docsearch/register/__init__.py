"""The register of what documents oblige to and aim at, asked by time, body, words and place."""
