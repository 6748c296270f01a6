using System.Globalization;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>
/// Deals the outcomes out anew to the subjects: under the hypothesis that predictors and outcome have nothing to do with each other every deal is
/// as likely. A subject's outcome is one thing where all its rows have the same; where the rows of some subject differ, subjects exchange
/// theirs with subjects of as many rows only, row by row.
/// </summary>
internal sealed class PermutedOutcomes(IReadOnlyList<SubjectRows> subjects, Endpoint endpoint, ulong seed)
{
    /// <summary>The same for any order of rows.</summary>
    /// <param name="permutation">From 1.</param>
    public Endpoint Make(int permutation)
    {
        var random = new DeterministicRandom(DeterministicRandom.Derive(seed, "permutation", permutation));
        var source = new int[endpoint.Count];
        var constant = subjects.All(s => Array.TrueForAll(s.Rows, r => Same(s.Rows[0], r)));
        foreach (var group in subjects.GroupBy(s => constant ? 0 : s.Rows.Length).OrderBy(g => g.Key))
        {
            SubjectRows[] receivers = [.. group], givers = [.. group];
            random.Shuffle<SubjectRows>(givers);
            for (var s = 0; s < receivers.Length; s++)
            {
                for (var r = 0; r < receivers[s].Rows.Length; r++)
                    source[receivers[s].Rows[r]] = givers[s].Rows[constant ? 0 : r];
            }
        }
        return endpoint.SelectRows(source);
    }

    private bool Same(int a, int b) => endpoint switch
    {
        BinaryEndpoint binary => binary.Values[a] == binary.Values[b],
        MulticlassEndpoint multiclass => multiclass.Values[a] == multiclass.Values[b],
        ContinuousEndpoint continuous => continuous.Values[a].Equals(continuous.Values[b]),
        SurvivalEndpoint survival => survival.Times[a].Equals(survival.Times[b]) && survival.Events[a] == survival.Events[b]
            && survival.Competing?[a] == survival.Competing?[b],
        _ => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"There is no permutation of {endpoint.GetType().Name}.")),
    };
}
