"""In and out: import, export, and quizzes on paper."""
