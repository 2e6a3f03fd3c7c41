/** Bytes. A Lambda's answer may have 6 MB, in base64, which takes a third more (facts of API Gateway and Lambda). */
export const largestStreamed = 4_400_000;
