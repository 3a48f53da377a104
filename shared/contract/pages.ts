/** The page that the phone lives in. */
export const PHONE_PAGE = '/phone.html';

/** The page that a test call to an assistant is made in. */
export const ASSISTANT_PAGE = '/assistant.html';

/** Where a browser’s page sends a file: a POST of its bytes, with its name in the query. */
export const FILES_PATH = '/files';
