/** The sections of a proposal and of the task document made from it: our names, and the template's headings. */
export const TASK_SECTIONS: readonly { readonly name: string; readonly heading: string }[] = [
  { name: "Goal", heading: "🧠 Goal" },
  { name: "Requirements", heading: "✅ Requirements" },
  { name: "Technical Notes", heading: "🔍 Technical Notes" },
  { name: "Output Files", heading: "📁 Output Files" },
  { name: "Prompt Notes", heading: "📝 Prompt Notes" },
  { name: "Completion Criteria", heading: "✅ Completion Criteria" },
];
