import { expect, it } from "vitest";
import { usableTitle } from "./model-title.ts";

it.each([
  ["Splitting a chat by lines", "Splitting a chat by lines"],
  ["\n  **“Splitting a chat”**.\n", "Splitting a chat"],
  ["## Splitting a chat", "Splitting a chat"],
  ["Title: 'Splitting a chat'", "Splitting a chat"],
  ["Titel: Ein Gespräch teilen", "Ein Gespräch teilen"],
  ["「日本語の題名」", "日本語の題名"],
  ["Why does it split?", "Why does it split?"],
  ["a\u202eb\u0000 c d e", "a b c d e"],
])("takes a title out of what a model said: %j", (said, title) => expect(usableTitle(said)).toBe(title));

it.each([
  undefined,
  "",
  "  \n ",
  "...",
  "Sure! Here is a title: Splitting",
  "Here's a title for your conversation",
  "I cannot give a title",
  "A title that goes on and on until nobody wants to read it any more in a list",
  "One\nTwo\nThree",
  "<think>the user wants",
  "Look at https://example.org",
  "The title is:",
  "Untitled",
])("takes nothing of what is no title: %j", (said) => expect(usableTitle(said)).toBeUndefined());
