import { expect, test } from "vitest";
import { entriesOf, readLog } from "./task-log-rig.ts";

const wrong = ["5", "1e999", "-1e999", "123456789012345678901", "null", "true", "{}", "[]"];
const fields = ["task_id", "agent", "date", "summary"];

test.each(fields.flatMap((field) => wrong.map((value) => ({ field, value }))))(
  "$field of $value is flagged",
  ({ field, value }) => {
    const texts = fields.filter((other) => other !== field).map((other) => `"${other}":"2026-01-01"`);
    const [item] = entriesOf(readLog(`[{"${field}":${value},${texts.join(",")},"output_files":[]}]`));
    expect(item?.problems).toContainEqual(expect.objectContaining({ field, code: "type" }));
  },
);

test.each(["null", "1e999", "[1e999]", "[null]", "123456789012345678901"])("output_files of %s is flagged", (value) => {
  const [item] = entriesOf(readLog(`[{"task_id":"a","output_files":${value}}]`));
  expect(item?.problems).toContainEqual(expect.objectContaining({ field: "output_files", code: "type" }));
});

test("a number that JavaScript cannot hold is shown by its digits", () => {
  const [item] = entriesOf(readLog('[{"task_id":123456789012345678901}]'));
  expect(item?.shown.taskId).toBe("123456789012345678901");
});
