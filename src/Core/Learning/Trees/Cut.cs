namespace RadiogenomicsCloud.Learning;

/// <summary>The best cut of a node found so far: between the values of two rows in one column.</summary>
internal struct Cut
{
    /// <summary>Gains that differ by less are the same cut of the rows, found by another way of adding up: the first stands.</summary>
    private const double Slack = 1 + 1e-12;

    /// <param name="floor">The gain that a cut must exceed, not negative.</param>
    public Cut(double floor) => (Column, Bar) = (-1, floor);

    /// <summary>The column, or −1 where no cut was found.</summary>
    public int Column { get; private set; }

    /// <summary>The row with the greatest value on the left.</summary>
    public int Below { get; private set; }

    /// <summary>The row with the least value on the right.</summary>
    public int Above { get; private set; }

    /// <summary>What the next cut must exceed.</summary>
    public double Bar { get; private set; }

    public void Take(int column, int below, int above, double gain) => (Column, Below, Above, Bar) = (column, below, above, gain * Slack);
}
