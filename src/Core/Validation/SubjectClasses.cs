using System.Globalization;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>
/// What resamples must know of the outcome of each subject: which classes it belongs to (a sample without one of them is useless) and which
/// stratum (folds are balanced by it).
/// <list type="bullet">
/// <item>binary: events and others; a subject with rows of both is in both classes, and in the stratum of events;</item>
/// <item>multiclass: each label; the stratum is the first label that a subject has;</item>
/// <item>survival: events, and everybody; strata are events and others;</item>
/// <item>continuous: everybody; strata are the tertiles of the subjects' mean outcome.</item>
/// </list>
/// </summary>
internal sealed class SubjectClasses
{
    private SubjectClasses(IReadOnlyList<SubjectClass> classes, int[] stratum, int strata) => (Classes, Stratum, Strata) = (classes, stratum, strata);

    public IReadOnlyList<SubjectClass> Classes { get; }

    /// <summary>Of each subject.</summary>
    public int[] Stratum { get; }

    public int Strata { get; }

    /// <summary>Subjects of the smallest class.</summary>
    public int Fewest => Classes.Min(c => c.Count);

    public static SubjectClasses Of(IReadOnlyList<SubjectRows> subjects, Endpoint endpoint)
    {
        switch (endpoint)
        {
            case BinaryEndpoint binary:
                var events = Having(binary.EventLabel, subjects, r => binary.Values[r]);
                return new([events, Having(binary.ReferenceLabel, subjects, r => !binary.Values[r])], ByEvent(events), 2);
            case MulticlassEndpoint multiclass:
                SubjectClass[] classes = [.. multiclass.Labels.Select((label, k) => Having(label, subjects, r => multiclass.Values[r] == k))];
                return new(classes, [.. Enumerable.Range(0, subjects.Count).Select(s => Array.FindIndex(classes, c => c.Has[s]))], classes.Length);
            case SurvivalEndpoint survival:
                var withEvent = Having("the event", subjects, r => survival.Events[r]);
                return new([withEvent, Having("any follow-up", subjects, _ => true)], ByEvent(withEvent), 2);
            case ContinuousEndpoint continuous:
                double[] means = [.. subjects.Select(s => s.Rows.Average(r => continuous.Values[r]))];
                double low = Quantiles.Quantile(means, 1 / 3.0), high = Quantiles.Quantile(means, 2 / 3.0);
                return new([Having("a value", subjects, _ => true)], [.. means.Select(m => m <= low ? 0 : m <= high ? 1 : 2)], 3);
            default:
                throw new ArgumentException($"There is no validation of {endpoint.GetType().Name}.", nameof(endpoint));
        }
    }

    /// <summary>How many subjects each class has, for a message.</summary>
    public string Counts() => string.Join(", ", Classes.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Count} with {c.Name}")));

    private static SubjectClass Having(string name, IReadOnlyList<SubjectRows> subjects, Func<int, bool> row) =>
        new(name, [.. subjects.Select(s => Array.Exists(s.Rows, r => row(r)))]);

    private static int[] ByEvent(SubjectClass events) => [.. events.Has.Select(has => has ? 0 : 1)];
}

/// <summary>Subjects that belong together by outcome.</summary>
/// <param name="Has">Whether a subject belongs to it.</param>
internal sealed record SubjectClass(string Name, bool[] Has)
{
    public int Count { get; } = Has.Count(h => h);
}
