"""The interviewer's sheet on paper: what stands on it, and how it becomes a PDF or a Word file."""
