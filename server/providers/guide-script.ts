/** What the built-in guide says: its topics in the order of the tour, each with the words that ask for it. */

export type GuideTopic =
  | "welcome"
  | "file"
  | "format"
  | "versions"
  | "models"
  | "keyboard"
  | "privacy"
  | "end"
  | "other";

export interface GuidePage {
  readonly topic: GuideTopic;
  /** A message with one of these words asks for this page; the first page in the list that matches is told. */
  readonly words?: RegExp;
  readonly text: string;
}

/** Every answer begins with this line, in the file too. */
export const guideLabel = "*This answer was written in advance (guide).*";

const questions = `| Ask | and read about |
|---|---|
| Where is the file? | the path, and what else lands in the folder |
| What does the file look like? | the Markdown of a conversation |
| How do I stop an answer? | stopping, asking again, versions, branches |
| How do I add a model? | servers on this computer, keys, a small model of your own |
| Is there a keyboard way? | the keys |
| What leaves this computer? | what is sent, and to whom |`;

const welcome = `# Your conversations are files

Folio is a chat workspace that you own. You write, a model answers, and both are kept in one Markdown file in your folder. Close Folio, open the file in any editor: everything is there.

This guide is not a model. It picks one of its pages by the words in your message, and nothing that you write to it leaves this computer. It can show you around:

${questions}

Write **next** and it goes through them in this order.`;

const format = `## What the file looks like

A conversation is Markdown that reads well on GitHub and in any editor. This one begins about like this:

~~~markdown
---
format: chat.md/1
id: 7k2m9qd4xa
title: What does the file look like?
head: c3x0v8t1ne
---

### You <!-- message id=b2w9r6k4ha parent=root role=user -->

What does the file look like?

### Assistant · guide <!-- message id=c3x0v8t1ne parent=b2w9r6k4ha role=assistant model=guide -->

A conversation is Markdown that reads well on GitHub …
~~~

Three things are worth knowing:

1. **The comment makes the message.** A heading is a message only with its \`<!-- message … -->\`. Open this answer in the file: the sample above has a back-slash before its headings there, so that no text can pass for a message.
2. **Versions stay.** Each message names its \`parent\`. Other versions stand at the end, under *Other versions*.
3. **You can write in it.** Put this at the end of the file, save, and the page shows it:

\`\`\`markdown
### You <!-- message role=user -->

Written in my editor.
\`\`\`

What Folio did not change, it does not rewrite: byte for byte the file stays as you left it.

| In the file | On the page |
|---|---|
| text, lists, tables, code | drawn as such, code with a copy button |
| a link to an image elsewhere | a box with the host's name; nothing is fetched before you click |
| HTML | plain text; it never runs |`;

const versions = `## Stop, ask again, branch

- **Stop** ends an answer at once, at the model's server too. What came is kept and marked as stopped. Try it on this answer.
- **Ask again** makes another version beside the first one. A model then answers differently; this guide repeats itself.
- **Edit a question** and send it: the conversation branches. The earlier question and all that followed it stay, one step to the side.
- **Close the tab** if you like. The answer is written to the end and waits in the file. Any other tab shows it as it comes.

When something breaks, the text that came is kept, and *Continue from here* goes on where it ended:

| What happened | What is kept | What you can do |
|---|---|---|
| the server closed the connection | every word until then | continue from there, or ask again |
| Folio was killed | all but the last half second | continue from there, or ask again |
| the file changed in your editor meanwhile | both sides | nothing, or compare when they collide |`;

const models = `## Add a model

**On this computer.** Start Ollama (port 11434), LM Studio (1234) or llama.cpp (8080). Folio looks there when it starts; *Look again* on the set-up page looks once more. No key needed.

**With a key.** On the set-up page give the address of any server that speaks the OpenAI API, and its key. Folio tests it first and saves it only when the server takes it. The key is kept encrypted outside this folder, is only ever sent to the address you saved it for, and the page never sees more of it again than its last four characters.

**From the environment.** Before you start:

\`\`\`sh
export OPENAI_API_KEY=…
export OPENAI_BASE_URL=https://api.openai.com/v1   # only for another server
npm start
\`\`\`

The same two names work in a \`.env\` file, and in \`.streamlit/secrets.toml\` of the opened folder:

\`\`\`toml
OPENAI_API_KEY = "…"
\`\`\`

**A small model in Folio itself.** \`npm run local-model\` fetches one (about 180 MB, once, into a cache). It runs in a process of its own, without a network. It is good for trying things out, not for advice.

You choose the model for each message, so one conversation can hear from several.`;

const keyboard = `## The keyboard

| Keys | What they do |
|---|---|
| \`Enter\` | send |
| \`Shift\` \`Enter\` | new line |
| \`↑\` in an empty text field | edit the last question |
| \`Esc\` | stop the answer, or close what is on top |
| \`Ctrl\` \`Shift\` \`O\` | new conversation |
| \`Alt\` \`←\`, \`→\` | the version before, the next one |
| \`J\`, \`K\` | message down, message up |
| \`C\`, \`R\` | copy the last answer, ask again |
| \`F6\` | the next region of the page |
| \`?\` | all keys |

On a Mac it is \`⌘\` in place of \`Ctrl\`, and \`⌥\` in place of \`Alt\`. Single letters work while no text field has the focus.

What you have typed and not sent is kept for each conversation, also when you reload the page.`;

const privacy = `## What leaves this computer

Nothing, until you choose a model elsewhere.

- **To a model's server:** when you send a message, the conversation up to that point, and nothing else. To ask for its list of models, Folio sends it the key that you saved for it.
- **To anyone else:** nothing. No statistics, no fonts, no images, no update check. An image in an answer is fetched only when you click the box that names its host.
- **From this computer to the page:** Folio listens on this machine only, and a browser needs the link that was printed at the start.

| What | Where it is kept |
|---|---|
| conversations | in your folder, as Markdown |
| keys | encrypted, outside the folder |
| what can be rebuilt, and the answer in progress | in Folio's own data directory |`;

const end = `That was the tour. To talk with a model, ask *How do I add a model?* or open the set-up page. To read a page again, ask for it:

${questions}`;

const other = `This guide has no page about that. A model may know: ask *How do I add a model?*, or choose another one beside the text field and send your message again. What the guide has:

${questions}`;

const file = `## Where this conversation lies

In the folder that you opened, under the year, with the day, the title and a piece of its id in the name:

\`\`\`text
{folder}
└── conversations
    └── 2026
        └── 2026-11-22-fix-the-parser-7k2m9q.chat.md
\`\`\`

The page shows the path of the conversation you are in. A few things follow from that:

- Open the file in an editor and change it: the page shows the change as soon as it is saved.
- Put the folder in git, or in whatever keeps your files. There is nothing to export.
- Search it with any tool: \`grep -r "parser" conversations\`
- Delete a conversation on the page and it goes to a trash first; *Undo* brings it back.

Folio wrote nothing here before your first message. Keys, index and caches live in its own data directory, never in this folder.`;

/** In the order in which words are looked for; `end` and `other` are told when nothing else is. */
export const guidePages: readonly GuidePage[] = [
  { topic: "keyboard", words: /\b(keyboard|shortcuts?|hot ?keys?|press|which keys)\b/i, text: keyboard },
  { topic: "models", words: /\b(models?|providers?|keys?|api|openai|ollama|lm studio|llama|server)\b/i, text: models },
  {
    topic: "privacy",
    words: /\b(leaves?|private|privacy|safe|secure|security|telemetry|offline|network)\b/i,
    text: privacy,
  },
  { topic: "format", words: /\b(looks? like|format|markdown|syntax|front ?matter|table|code|list)\b/i, text: format },
  {
    topic: "versions",
    words: /\b(stop|again|regenerate|retry|continue|branch(es)?|versions?|edit)\b/i,
    text: versions,
  },
  { topic: "file", words: /\b(where|files?|folders?|path|disk|saved?|stored?|written)\b/i, text: file },
  { topic: "welcome", words: /\b(what is (this|folio)|who are you|hello|help|tour|start)\b/i, text: welcome },
  { topic: "end", text: end },
  { topic: "other", text: other },
];

/** What `next` goes through. */
export const guideTour: readonly GuideTopic[] = [
  "welcome",
  "file",
  "format",
  "versions",
  "models",
  "keyboard",
  "privacy",
];
