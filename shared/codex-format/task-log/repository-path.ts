/** Whether a path is a repository-relative POSIX path: no `..`, no leading `/`, no drive, no back-slash, no control. */
export function isRepositoryPath(path: string): boolean {
  if (path === "" || path.startsWith("/") || /^[A-Za-z]:/.test(path) || /[\\\u0000-\u001f\u007f]/.test(path))
    return false;
  return !path.includes("..") || !path.split("/").includes("..");
}
