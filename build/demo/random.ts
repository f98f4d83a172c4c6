import { SimpleFaker } from '@faker-js/faker';

/** A list that has at least one item, as every table of this folder has. */
export type Choices<T> = readonly T[];
export type Weighted<T> = readonly (readonly [value: T, weight: number])[];

/** The source of chance in invented data: the same seed gives the same choices on every machine. (The grain of pictures has one of its own, by a seed too.) */
export interface Random {
  chance(probability: number): boolean;
  /** Both ends included. */
  int(min: number, max: number): number;
  pick<T>(choices: Choices<T>): T;
  weighted<T>(choices: Weighted<T>): T;
  shuffle<T>(list: readonly T[]): T[];
  uuid(): string;
}

/** @param seed several numbers give independent sequences, so that one report can change without moving the next */
export function seededRandom(...seed: readonly number[]): Random {
  const faker = new SimpleFaker();
  faker.seed([...seed]);
  return {
    chance: (probability) => faker.datatype.boolean(probability),
    int: (min, max) => faker.number.int({ min, max }),
    pick: (choices) => faker.helpers.arrayElement(choices),
    weighted: (choices) => {
      // Faker refuses a weight of nought, which here means: not in this case.
      const possible = choices.filter(([, weight]) => weight > 0).map(([value, weight]) => ({ value, weight }));
      return faker.helpers.weightedArrayElement(possible);
    },
    shuffle: (list) => faker.helpers.shuffle(list),
    uuid: () => faker.string.uuid(),
  };
}
