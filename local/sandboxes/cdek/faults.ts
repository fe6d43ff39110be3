/** What can be commanded to go wrong, and what then happens. */
export const cdekFaults = {
  down: 'the connection of the next call is cut before anything is read',
  503: 'the next call is answered 503',
  slow: 'the next call is carried out, and its answer never comes',
  'lost-answer': 'the next call is carried out, and the connection is cut before its answer',
  malformed: 'the next call is carried out and answered by half a JSON',
  html: 'the next call is answered by a page of a gateway',
  429: 'the next call is one too many; come back in 7 s',
  unauthorised: 'no token is valid any more, and the next sign-in is refused',
  'token-expired': 'the next call finds its token expired',
  'invalid-order': 'the next order is found invalid when it is validated',
  'repeat-found-late': 'the next order whose number is taken is refused when it is validated, not at once',
  'prepaid-only': 'the next list of cities says that nothing may be paid on delivery there',
  twice: 'the next callback is sent twice',
  late: 'the next callback comes six hours late',
  reordered: 'the next callback comes after the one that follows it',
  never: 'the next callback is not sent',
} as const;

export type CdekFault = keyof typeof cdekFaults;
