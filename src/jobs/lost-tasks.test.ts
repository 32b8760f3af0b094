import { expect, test } from "vitest";
import { LostTasks } from "./lost-tasks.ts";

const RANGE = { jobId: 1, rangeId: 7 };
const FOLD = { jobId: 1, rangeId: null };

test("a task is lost once it waited while there was somebody free to take it", () => {
  const tasks = new LostTasks();
  expect(tasks.find([RANGE], 4, 0)).toEqual([]);
  expect(tasks.find([RANGE, FOLD], 4, 2_900)).toEqual([]);
  expect(tasks.find([RANGE, FOLD], 4, 3_000)).toEqual([RANGE]);
  // It was given back; one that is sent again waits anew.
  expect(tasks.find([RANGE, FOLD], 4, 3_100)).toEqual([]);
  expect(tasks.find([FOLD], 4, 5_900)).toEqual([FOLD]);
});

test("a task that was taken meanwhile, or whose turn has not come, is not", () => {
  const tasks = new LostTasks();
  tasks.find([RANGE], 4, 0);
  // This process had something else to do.
  expect(tasks.find([RANGE], 5, 3_000)).toEqual([]);
  expect(tasks.find([], 5, 4_000)).toEqual([]);
  expect(tasks.find([RANGE], 5, 6_500)).toEqual([]);
});
