import { AppError } from "#lib";

export function insightNotFound(id: string): AppError {
  return new AppError("API_INSIGHT_NOT_FOUND", `there is no insight ${id}`);
}
