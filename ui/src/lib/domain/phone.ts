// Phone numbers as the server takes them: E.164, with the plus.

/** True when the server would refuse this number; none at all is fine. Without spaces and signs between the digits. */
export const phoneProblem = (number: string): boolean => number !== "" && !/^\+[1-9]\d{1,14}$/.test(number);
