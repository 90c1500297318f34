/** What a new board starts with. */
export const BOARD_PREAMBLE = `# PROPOSED-TASKS.md

Suggested work, written by \`planner\` and \`feedback_interpreter\`. Nothing here is promised.

---
`;
