/** Addresses without the server they are of. */

/** Path, query and fragment (the origin form of RFC 9112 3.2.1), also of an address that has no other; '' for a bare origin. */
export const originForm = (url: string): string => url.replace(/^\w+:\/\/[^/?#]*/, '');

/** The path alone. */
export const pathOf = (url: string): string => originForm(url).split(/[?#]/, 1)[0] ?? '';
