/** Some two million lines, and about what one job can check within its time. */
export const largestMb = 100;
