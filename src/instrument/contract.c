/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shape of a contract by age. Source: model, section 5. */
#include "instrument/contract.h"

#include <string.h>

void mld_contract_start(const struct mld_setting *setting, struct mld_contract *contract)
{
    int ages = setting->last - setting->t0;
    size_t bytes = (size_t)(ages + 1) * sizeof(double);
    memset(contract->income, 0, bytes);
    memset(contract->capital, 0, bytes);
    contract->ages = ages;
    contract->end_age = ages;
    contract->alive = 1;
    contract->exit_age = -1;
    contract->exit_proceeds = 0.0;
    contract->exit_forced = 0;
}

int mld_contract_end(struct mld_contract *contract, int age)
{
    if (age > contract->ages)
        return 0;
    contract->end_age = age;
    contract->alive = 0;
    return 1;
}

void mld_contract_hold(struct mld_contract *contract, double amount, int age)
{
    double *restrict outstanding = contract->outstanding;
    int ages = contract->ages, held = age <= ages ? age : ages + 1;
    for (int n = 0; n < held; n++)
        outstanding[n] = amount;
    for (int n = held; n <= ages; n++)
        outstanding[n] = 0.0;
}

static void pay_debt(int ages, double rate, const double *restrict outstanding, double *restrict income,
                     double *restrict capital)
{
    for (int n = 1; n <= ages; n++) {
        income[n] = rate * outstanding[n - 1];
        capital[n] = outstanding[n - 1] - outstanding[n];
    }
}

void mld_contract_pay_debt(struct mld_contract *contract, double rate_per_period)
{
    pay_debt(contract->ages, rate_per_period, contract->outstanding, contract->income, contract->capital);
}

void mld_contract_value_at_nominal(struct mld_contract *contract)
{
    memcpy(contract->value, contract->outstanding, (size_t)(contract->ages + 1) * sizeof(double));
}
