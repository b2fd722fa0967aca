/** A request that the shadow service refuses, with the code and the words of AWS IoT (Device Shadow error messages). */
export class ShadowRefusal extends Error {
  readonly code: 400 | 404 | 409 | 413;

  constructor(code: ShadowRefusal['code'], message: string) {
    super(message);
    this.name = 'ShadowRefusal';
    this.code = code;
  }
}
