"""Files → the folder that questions are answered from."""
