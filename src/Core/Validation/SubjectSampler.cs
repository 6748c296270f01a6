using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>Draws bootstrap samples, folds and splits of subjects; the rows of a subject always stay together.</summary>
internal sealed class SubjectSampler(SubjectClasses classes)
{
    private const int Attempts = 1000;

    /// <summary>
    /// How often each subject is drawn in as many draws with replacement from <paramref name="pool"/> as it has members. Drawn again until at
    /// least <paramref name="minimumIn"/> distinct subjects of each class are in and <paramref name="minimumOut"/> of each class are out.
    /// </summary>
    public int[] Bootstrap(ReadOnlySpan<int> pool, int minimumIn, int minimumOut, DeterministicRandom random)
    {
        var counts = new int[classes.Stratum.Length];
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            Array.Clear(counts);
            for (var i = 0; i < pool.Length; i++)
                counts[pool[random.NextInt(pool.Length)]]++;
            if (FewestOfAClass(pool, counts, drawn: true) >= minimumIn && FewestOfAClass(pool, counts, drawn: false) >= minimumOut)
                return counts;
        }
        throw new BadInputException(
            "validation.class_too_small", $"With {classes.Counts()} no resample held enough patients of each; the study is too small to validate a model.");
    }

    /// <summary>The fold of each subject of <paramref name="pool"/>, −1 for the others; the subjects of each stratum are dealt out evenly.</summary>
    public int[] Folds(ReadOnlySpan<int> pool, int folds, DeterministicRandom random)
    {
        var fold = new int[classes.Stratum.Length];
        Array.Fill(fold, -1);
        var dealt = 0;
        foreach (var stratum in Shuffled(pool, random))
        {
            foreach (var subject in stratum)
                fold[subject] = dealt++ % folds;
        }
        return fold;
    }

    /// <summary>Whether each subject is held out: <paramref name="share"/> of every stratum of <paramref name="pool"/>, to the nearest subject.</summary>
    public bool[] HoldOut(ReadOnlySpan<int> pool, double share, DeterministicRandom random)
    {
        var held = new bool[classes.Stratum.Length];
        double wanted = 0;
        var taken = 0;
        foreach (var stratum in Shuffled(pool, random))
        {
            // What one stratum was rounded by, the next makes up for.
            wanted += share * stratum.Length;
            var count = Math.Clamp((int)Math.Round(wanted - taken, MidpointRounding.AwayFromZero), Math.Min(1, stratum.Length - 1), Math.Max(0, stratum.Length - 1));
            for (var s = 0; s < count; s++)
                held[stratum[s]] = true;
            taken += count;
        }
        return held;
    }

    private List<int[]> Shuffled(ReadOnlySpan<int> pool, DeterministicRandom random)
    {
        var members = new List<int>[classes.Strata];
        for (var s = 0; s < members.Length; s++)
            members[s] = [];
        foreach (var subject in pool)
            members[classes.Stratum[subject]].Add(subject);
        var shuffled = new List<int[]>(members.Length);
        foreach (var stratum in members)
        {
            int[] those = [.. stratum];
            random.Shuffle<int>(those);
            shuffled.Add(those);
        }
        return shuffled;
    }

    private int FewestOfAClass(ReadOnlySpan<int> pool, int[] counts, bool drawn)
    {
        var fewest = int.MaxValue;
        foreach (var of in classes.Classes)
        {
            var members = 0;
            foreach (var subject in pool)
                members += counts[subject] > 0 == drawn && of.Has[subject] ? 1 : 0;
            fewest = Math.Min(fewest, members);
        }
        return fewest;
    }
}
