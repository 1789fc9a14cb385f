import { Injectable } from '@nestjs/common';

export interface Registration {
  readonly email: string;
  readonly password: string;
  readonly card: { readonly number: string; readonly cvc: string };
}

@Injectable()
export class CustomersService {
  /** Puts into its message what should never be in one. The tracker masks it all the same. */
  register(registration: Registration, authorization: string | undefined): never {
    throw new Error(
      `The customer service refused ${registration.email}: password=${registration.password}, ` +
        `card ${registration.card.number}, sent with ${authorization ?? 'no token'}`,
    );
  }
}
