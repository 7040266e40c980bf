"""The rules that the code itself keeps."""
