"""A question as a student meets it, before and after the answer: for quizzes, and for teachers who look at it first."""
