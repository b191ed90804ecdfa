// E-mail addresses, as far as the server looks at them.

/** True when the server would refuse this address; none at all is fine. Without spaces around it. */
export const emailProblem = (address: string): boolean =>
  address !== "" && !/^[^\s@<>()",;:[\]\\]+@[^\s@.<>()",;:[\]\\]+(\.[^\s@.<>()",;:[\]\\]+)*$/.test(address);
