import about from '../package.json' with { type: 'json' };

export const PRODUCT_VERSION: string = about.version;
