/**
 * Before anything of zod is loaded: it would otherwise try whether it may make functions from text, which our content security policy refuses
 * and the browser reports. The name is where zod looks for settings that were made before it came.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
