/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shape of a contract by age. Source: model, section 5. */
#include "instrument/contract.h"

#include "core/vector.h"
#include "milliard/draws.h"

void mld_settings_uniform(int n, struct mld_setting *const *setting, uint32_t index, double *u)
{
    uint32_t path[MLD_DEALS_TOGETHER], at[MLD_DEALS_TOGETHER];
    uint64_t entity[MLD_DEALS_TOGETHER];
    for (int k = 0; k < n; k++) {
        path[k] = setting[k]->path;
        entity[k] = setting[k]->entity;
        at[k] = index;
    }
    if (n > 0)
        mld_draws_uniform(setting[0]->seed, MLD_STREAM_INSTRUMENT, n, path, entity, at, u);
}

/* Whole blocks: a loop of known length has no remainder. */
static MLD_CLONES void fill_rows(int count, double amount, double flow, double *restrict income,
                                 double *restrict capital, double *restrict outstanding,
                                 double *restrict value)
{
    for (int block = 0; block < count; block += MLD_BLOCK)
        for (int n = block; n < block + MLD_BLOCK; n++) {
            income[n] = flow;
            capital[n] = 0.0;
            outstanding[n] = amount;
            value[n] = amount;
        }
}

int mld_contract_hold(const struct mld_setting *setting, struct mld_contract *contract, int age,
                      double income)
{
    int ages = setting->last - setting->t0, in_time = age <= ages, end = in_time ? age : ages;
    *contract = (struct mld_contract){ .income = contract->income,
                                       .capital = contract->capital,
                                       .outstanding = contract->outstanding,
                                       .value = contract->value,
                                       .ages = ages,
                                       .end_age = end,
                                       .alive = !in_time,
                                       .exit_age = -1 };
    fill_rows(end + 1, setting->amount, income, contract->income, contract->capital,
              contract->outstanding, contract->value);
    contract->income[0] = 0.0;
    if (in_time)
        contract->outstanding[end] = contract->value[end] = 0.0;
    return in_time;
}

static MLD_CLONES void pay_debt(int end, double rate, const double *restrict outstanding,
                                double *restrict income, double *restrict capital,
                                double *restrict value)
{
    for (int n = 1; n <= end; n++) {
        income[n] = rate * outstanding[n - 1];
        capital[n] = outstanding[n - 1] - outstanding[n];
        value[n] = outstanding[n];
    }
}

void mld_contract_pay_debt(struct mld_contract *contract, double rate_per_period)
{
    pay_debt(contract->end_age, rate_per_period, contract->outstanding, contract->income,
             contract->capital, contract->value);
}
