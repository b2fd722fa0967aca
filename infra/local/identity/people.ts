/** Who can sign in on this machine: what the user pool holds on AWS. The user name is the member id. */
import { z } from 'zod';
import { readIfThere, writePrivately } from '../broker/files.ts';

export const personSchema = z.strictObject({
  memberId: z.string().min(1).max(80),
  email: z.email().max(120),
  name: z.string().min(1).max(80),
  /** Of the user pool; the template says which there are. */
  groups: z.array(z.string().min(1).max(128)).max(10).optional(),
});
export type Person = z.infer<typeof personSchema>;

const sameAddress = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export class People {
  readonly #file: string;
  readonly #people: Map<string, Person>;
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string, people: readonly Person[]) {
    this.#file = file;
    this.#people = new Map(people.map((person) => [person.memberId, person]));
  }

  static async open(file: string): Promise<People> {
    const text = await readIfThere(file);
    return new People(file, text === undefined ? [] : z.array(personSchema).parse(JSON.parse(text)));
  }

  get all(): readonly Person[] {
    return [...this.#people.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  byMemberId(memberId: string): Person | undefined {
    return this.#people.get(memberId);
  }

  byEmail(email: string): Person | undefined {
    return this.all.find((person) => sameAddress(person.email, email));
  }

  /** Puts a person in, or corrects what was known; resolves when it is on the disk. @throws when somebody else has the address */
  async add(person: Person): Promise<void> {
    const holder = this.byEmail(person.email);
    if (holder !== undefined && holder.memberId !== person.memberId) throw new Error(`${person.email} belongs to ${holder.memberId} already`);
    this.#people.set(person.memberId, person);
    return this.#write();
  }

  /** Resolves when it is on the disk. */
  async remove(memberId: string): Promise<void> {
    this.#people.delete(memberId);
    return this.#write();
  }

  #write(): Promise<void> {
    this.#writing = this.#writing.then(() => writePrivately(this.#file, `${JSON.stringify(this.all, undefined, 2)}\n`));
    return this.#writing;
  }
}
