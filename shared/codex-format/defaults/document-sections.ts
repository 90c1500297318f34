/** The sections that the standard documents have, each with what its template asks for. */

export interface SectionTemplate {
  /** What the section is found by, whatever emoji or brackets its heading has. */
  readonly name: string;
  /** As the template writes it. */
  readonly heading: string;
  /** One or two sentences for the writer; in a finished document they are a leak. */
  readonly instruction: string;
}

export const PRD_SECTIONS: readonly SectionTemplate[] = [
  section("Project Name", "Project Name", "Name the project and say in one line what it is."),
  section("Product Overview", "🧭 Product Overview", "Say which problem the product solves, for whom and how."),
  section("Core Objectives", "Core Objectives", "List the three to five results that the product must bring about."),
  section("Target Users", "🧑‍🎯 Target Users", "List each group of users with what they need from the product."),
  section("Core Features", "🧩 Core Features (MVP)", "List the features of the first version, each with its use."),
  section("Tech Stack", "🔧 Tech Stack", "Name language, framework, storage and hosting, each with a reason."),
  section(
    "Stretch Goals",
    "💡 Stretch Goals (Post-MVP)",
    "List what is worth building once the first version is in use.",
  ),
  section("Success Criteria", "✅ Success Criteria", "List what can be measured or seen when the product succeeds."),
  section("Known Constraints", "🪵 Known Constraints", "List limits of time, money, law, data and technology."),
];

export const ARCHITECTURE_SECTIONS: readonly SectionTemplate[] = [
  section("System Overview", "🧱 System Overview", "Name the main components and say how they work together."),
  section(
    "Directory Structure",
    "📦 Directory Structure (Simplified)",
    "Draw the tree of the main folders in a code block, with a comment for each.",
  ),
  section(
    "Codex Infrastructure Files Explained",
    "🧱 Codex Infrastructure Files Explained",
    "Say what each file below `.codex/` is for and who writes it.",
  ),
  section(
    "Agent I/O Conventions",
    "🤖 Agent I/O Conventions",
    "Say what an agent reads, what it answers with and what its log entry holds.",
  ),
  section(
    "Agent Orchestration Principles",
    "🧠 Agent Orchestration Principles",
    "Say how agents hand over to one another and what they may not do.",
  ),
  section("Storage & Data Flows", "💾 Storage & Data Flows", "Say where each kind of data lies, first and later."),
  section(
    "APIs & External Services",
    "📡 APIs & External Services",
    "List each service, what it is used for and its limits.",
  ),
  section(
    "Frontend Technology Stack",
    "🖥 Frontend Technology Stack",
    "List each tool of the front end with its purpose.",
  ),
  section(
    "File Generation Lifecycle",
    "🔄 File Generation Lifecycle",
    "Draw the way from a request to the saved file.",
  ),
  section("Best Practices", "✅ Best Practices", "List the rules that every change has to keep."),
  section(
    "Future Engineering Notes",
    "🚧 Future Engineering Notes",
    "List what will have to change when the project grows.",
  ),
];

export const TASK_SECTIONS: readonly SectionTemplate[] = [
  section("Goal", "🧠 Goal", "Say in one sentence what is different when the task is done."),
  section("Requirements", "✅ Requirements", "List what the result has to do, one point a line."),
  section("Technical Notes", "🔍 Technical Notes", "Name the files, interfaces and decisions that matter here."),
  section("Output Files", "📁 Output Files", "List each file that is written, relative to the repository."),
  section("Prompt Notes", "📝 Prompt Notes", "Say what the agent has to read first and whom it hands over to."),
  section("Completion Criteria", "✅ Completion Criteria", "List checks that a person can tick off."),
];

function section(name: string, heading: string, instruction: string): SectionTemplate {
  return { name, heading, instruction };
}
