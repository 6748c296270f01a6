namespace RadiogenomicsCloud.Learning;

/// <summary>
/// The non-decreasing function of least weighted squares, by pooling adjacent violators (Barlow et al. 1972), as R's <c>isoreg</c>; rows of
/// equal x are one observation of their mean. Between its knots it is linear, before and after them constant.
/// </summary>
/// <param name="Knots">Ascending, at least one.</param>
/// <param name="Values">At the knots; never falling.</param>
internal sealed record IsotonicRegression(double[] Knots, double[] Values)
{
    /// <param name="weights">Positive; empty where all weigh the same.</param>
    public static IsotonicRegression Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> weights)
    {
        var order = new int[x.Length];
        for (var r = 0; r < order.Length; r++)
            order[r] = r;
        Array.Sort(x.ToArray(), order);
        var blocks = new List<(double Low, double High, double Weight, double Sum)>(x.Length);
        for (var k = 0; k < order.Length;)
        {
            // Rows of equal x are averaged before anything is pooled: one of them alone may fall below what comes before.
            var block = (Low: x[order[k]], High: x[order[k]], Weight: 0.0, Sum: 0.0);
            for (; k < order.Length && x[order[k]] == block.Low; k++)
            {
                var weight = weights.IsEmpty ? 1 : weights[order[k]];
                block.Weight += weight;
                block.Sum += weight * y[order[k]];
            }
            while (blocks.Count > 0 && blocks[^1].Sum * block.Weight >= block.Sum * blocks[^1].Weight)
            {
                block = (blocks[^1].Low, block.High, blocks[^1].Weight + block.Weight, blocks[^1].Sum + block.Sum);
                blocks.RemoveAt(blocks.Count - 1);
            }
            blocks.Add(block);
        }
        var (knots, values) = (new List<double>(), new List<double>());
        foreach (var (low, high, weight, sum) in blocks)
        {
            // Products that pooling compared may round another way than quotients.
            var value = values.Count > 0 ? Math.Max(values[^1], sum / weight) : sum / weight;
            knots.Add(low);
            values.Add(value);
            if (high > low)
            {
                knots.Add(high);
                values.Add(value);
            }
        }
        return new([.. knots], [.. values]);
    }

    public double At(double x)
    {
        var place = Array.BinarySearch(Knots, x);
        if (place >= 0)
            return Values[place];
        place = ~place;
        if (place == 0)
            return Values[0];
        if (place == Knots.Length)
            return Values[^1];
        var share = (x - Knots[place - 1]) / (Knots[place] - Knots[place - 1]);
        return Values[place - 1] + (share * (Values[place] - Values[place - 1]));
    }
}
