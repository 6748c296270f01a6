using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>Draws bootstrap samples and folds of subjects; the rows of a subject always stay together.</summary>
internal sealed class SubjectSampler
{
    private const int Attempts = 1000;
    private readonly bool[] hasEvent;
    private readonly bool[] hasOther;

    public SubjectSampler(IReadOnlyList<SubjectRows> subjects, bool[] isEvent)
    {
        hasEvent = [.. subjects.Select(s => s.Rows.Any(r => isEvent[r]))];
        hasOther = [.. subjects.Select(s => s.Rows.Any(r => !isEvent[r]))];
    }

    /// <summary>Subjects with an event row; one with rows of both classes counts in both.</summary>
    public int EventSubjects => hasEvent.Count(h => h);

    public int OtherSubjects => hasOther.Count(h => h);

    /// <summary>
    /// How often each subject is drawn in as many draws with replacement from <paramref name="pool"/> as it has members. Drawn again until at
    /// least <paramref name="minimumIn"/> distinct subjects of each class are in and <paramref name="minimumOut"/> of each class are out.
    /// </summary>
    public int[] Bootstrap(ReadOnlySpan<int> pool, int minimumIn, int minimumOut, DeterministicRandom random)
    {
        var counts = new int[hasEvent.Length];
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            Array.Clear(counts);
            for (var i = 0; i < pool.Length; i++)
                counts[pool[random.NextInt(pool.Length)]]++;
            if (FewestOfAClass(pool, counts, drawn: true) >= minimumIn && FewestOfAClass(pool, counts, drawn: false) >= minimumOut)
                return counts;
        }
        throw new BadInputException(
            "validation.class_too_small",
            $"With {EventSubjects} and {OtherSubjects} patients in the two classes no resample held enough of both; the study is too small to validate a model.");
    }

    /// <summary>
    /// The fold of each subject of <paramref name="pool"/>, −1 for the others; subjects with and without events are dealt out evenly.
    /// </summary>
    public int[] Folds(ReadOnlySpan<int> pool, int folds, DeterministicRandom random)
    {
        var withEvent = new List<int>();
        var without = new List<int>();
        foreach (var subject in pool)
            (hasEvent[subject] ? withEvent : without).Add(subject);
        int[] first = [.. withEvent], second = [.. without];
        random.Shuffle<int>(first);
        random.Shuffle<int>(second);
        var fold = new int[hasEvent.Length];
        Array.Fill(fold, -1);
        var dealt = 0;
        foreach (var subject in first.Concat(second))
            fold[subject] = dealt++ % folds;
        return fold;
    }

    private int FewestOfAClass(ReadOnlySpan<int> pool, int[] counts, bool drawn)
    {
        int events = 0, others = 0;
        foreach (var subject in pool)
        {
            if (counts[subject] > 0 != drawn)
                continue;
            events += hasEvent[subject] ? 1 : 0;
            others += hasOther[subject] ? 1 : 0;
        }
        return Math.Min(events, others);
    }
}
